import { shared } from './shared';

export default async function globalTeardown(): Promise<void> {
	await shared.n8n?.stop();
}
