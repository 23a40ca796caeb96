import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { runCommand } from '../../../scripts/n8n/runCommand';

export interface Certificate {
	key: string;
	cert: string;
	/** Where the certificate lies, for whoever should trust it. */
	file: string;
}

/** A certificate for a host, signed by itself. */
export async function makeCertificate(host: string, folder: string): Promise<Certificate> {
	const [file, key] = [join(folder, 'cert.pem'), join(folder, 'key.pem')];
	const subject = ['-subj', `/CN=${host}`, '-addext', `subjectAltName=DNS:${host}`];
	const curve = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes'];
	const args = ['req', '-x509', ...curve, ...subject, '-days', '2', '-keyout', key, '-out', file];
	const { code, output } = await runCommand('openssl', args);
	if (code !== 0) throw new Error(`openssl made no certificate: ${output}`);
	return { key: await readFile(key, 'utf8'), cert: await readFile(file, 'utf8'), file };
}
