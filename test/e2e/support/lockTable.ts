import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { findBinaries } from './startPostgres';

/**
 * Keeps everybody from writing into a table of PostgreSQL.
 *
 * @returns what lets them; who waits by then gets an error, as what a process wanted dies with it
 */
export async function lockTable(port: number, table: string): Promise<() => Promise<void>> {
	const args = ['-h', '127.0.0.1', '-p', String(port), '-U', 'postgres', '-qAt'];
	const session = spawn(join(await findBinaries(), 'psql'), args, {
		stdio: ['pipe', 'pipe', 'inherit'],
	});
	session.stdin.write(`BEGIN; LOCK TABLE "${table}" IN EXCLUSIVE MODE; SELECT 'locked';\n`);
	await once(session.stdout, 'data');
	return async () => {
		const gone = once(session, 'exit');
		session.stdin.end(
			"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE wait_event_type = 'Lock';\n",
		);
		await gone;
	};
}
