import { jsonStringify } from 'n8n-workflow';
import type { Invariant } from './invariant';

/** The key goes to the relay, and is nowhere else: no other origin, nothing kept, nothing logged. */
export const keepsTheKey: Invariant = ({ elsewhere, executions, key }) => {
	const asked = elsewhere?.requests.filter(({ headers }) => 'authorization' in headers) ?? [];
	const kept = executions.flatMap(({ run }, at) => {
		const { saved, logs } = run;
		const all = jsonStringify([saved, run.data, logs], { replaceCircularRefs: true });
		return all.includes(key) ? [`the key was kept in execution ${at}`] : [];
	});
	return [...asked.map(({ path }) => `the key went to another origin, ${path}`), ...kept];
};
