import { clients, type ClientName } from '.';
import type { Client } from './client';

export async function openClient(name: ClientName): Promise<Client> {
	const open = await clients[name]();
	return await open();
}
