import { startServer, type Server } from './startServer';

/** A Redis that keeps nothing. */
export const startRedis = (): Promise<Server> =>
	startServer((folder, port) =>
		Promise.resolve({
			file: 'redis-server',
			args: ['--port', String(port), '--bind', '127.0.0.1', '--save', '', '--dir', folder],
		}),
	);
