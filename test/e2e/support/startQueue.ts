import { startMortal, type Mortal } from './startMortal';
import { startPostgres } from './startPostgres';
import { startRedis } from './startRedis';
import type { Server } from './startServer';

/** n8n in queue mode: what answers webhooks is not what runs workflows. */
export interface Queue {
	main: Mortal;
	workers: Mortal[];
	database: Server;
	/** Puts new workers in the places of those that were asked to end. */
	refill(): Promise<void>;
	stop(): Promise<void>;
}

export async function startQueue(count: number): Promise<Queue> {
	const started: Array<{ stop(): Promise<void> }> = [];
	const add = async <T extends { stop(): Promise<void> }>(start: Promise<T>): Promise<T> => {
		const one = await start;
		started.push(one);
		return one;
	};
	const stop = async () => {
		for (const one of started.splice(0).reverse()) await one.stop();
	};
	try {
		const redis = await add(startRedis());
		const database = await add(startPostgres());
		const env = {
			EXECUTIONS_MODE: 'queue',
			QUEUE_BULL_REDIS_HOST: '127.0.0.1',
			QUEUE_BULL_REDIS_PORT: String(redis.port),
			DB_TYPE: 'postgresdb',
			DB_POSTGRESDB_HOST: '127.0.0.1',
			DB_POSTGRESDB_PORT: String(database.port),
			DB_POSTGRESDB_DATABASE: 'postgres',
			DB_POSTGRESDB_USER: 'postgres',
			N8N_ENCRYPTION_KEY: 'the-same-for-all-of-them',
			QUEUE_HEALTH_CHECK_ACTIVE: 'true',
			N8N_GRACEFUL_SHUTDOWN_TIMEOUT: '10',
			// Seconds instead of minutes until a dead worker is noticed.
			QUEUE_WORKER_LOCK_DURATION: '4000',
			QUEUE_WORKER_LOCK_RENEW_TIME: '1000',
			QUEUE_WORKER_STALLED_INTERVAL: '2000',
		};
		const main = await add(startMortal(env));
		const addWorker = () => add(startMortal(env, ['worker', '--concurrency=5']));
		const workers = await Promise.all(Array.from({ length: count }, addWorker));
		const refill = async () => {
			for (const [place, worker] of workers.entries()) {
				if (!worker.child.killed) continue;
				await worker.stop();
				workers[place] = await addWorker();
			}
		};
		return { main, workers, database, refill, stop };
	} catch (error) {
		await stop();
		throw error;
	}
}
