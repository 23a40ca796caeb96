import { shared, variable } from './shared';
import { startN8n } from './startN8n';

export default async function globalSetup(): Promise<void> {
	shared.n8n = await startN8n();
	const { url, folder } = shared.n8n;
	process.env[variable] = JSON.stringify({ url, folder });
}
