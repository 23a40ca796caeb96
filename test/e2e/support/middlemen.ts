import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { startServer, type Server } from './startServer';

/** What stands between a user's n8n and a relay, and runs until it is disposed of. */
export interface Middleman extends AsyncDisposable {
	readonly url: string;
	readonly host: string;
	/** It goes on listening, and says nothing more. */
	freeze(): void;
}

function toMiddleman({ port, pause, stop }: Server): Middleman {
	const host = `127.0.0.1:${port}`;
	return { url: `http://${host}`, host, freeze: pause, [Symbol.asyncDispose]: stop };
}

async function start(
	file: string,
	toConfig: (port: number) => string,
	toArgs: (config: string, folder: string) => string[],
): Promise<Middleman> {
	const server = await startServer(async (folder, port) => {
		const config = join(folder, 'config');
		await writeFile(config, toConfig(port));
		return { file, args: toArgs(config, folder) };
	});
	return toMiddleman(server);
}

const temporary = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi']
	.map((name) => `${name}_temp_path ${name};`)
	.join('\n');

/** @param location directives for the way to the relay */
export const startNginx = (relay: string, location = ''): Promise<Middleman> =>
	start(
		'nginx',
		(port) => `
			daemon off; master_process off; pid nginx.pid; error_log stderr;
			events { worker_connections 64; }
			http {
				access_log off;
				${temporary}
				server {
					listen 127.0.0.1:${port};
					location / { proxy_pass ${relay}; proxy_http_version 1.1; ${location} }
				}
			}`,
		(config, folder) => ['-p', folder, '-c', config],
	);

/** @param patience milliseconds it waits for the relay */
export const startHaproxy = (relay: string, patience: number): Promise<Middleman> =>
	start(
		'haproxy',
		(port) => `
defaults
	mode http
	timeout connect 1s
	timeout client 30s
	timeout server ${patience}ms
	retries 0
listen relay
	bind 127.0.0.1:${port}
	server relay ${new URL(relay).host}
`,
		(config) => ['-db', '-f', config],
	);

/** @param more directives, for instance `BasicAuth` */
export const startTinyproxy = (more = ''): Promise<Middleman> =>
	start(
		'tinyproxy',
		(port) => `Port ${port}\nListen 127.0.0.1\nTimeout 30\nMaxClients 20\n${more}\n`,
		(config) => ['-d', '-c', config],
	);
