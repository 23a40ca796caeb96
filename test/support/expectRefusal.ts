import type { EngineRun } from './engineRun';

/** The node refused its first item before anything was sent: a sentence, and what to do. */
export function expectRefusal(run: EngineRun, sentence: string): void {
	const error = run.error('Chat Video');
	expect(error?.name).toBe('NodeOperationError');
	expect(error?.message).toContain(sentence);
	expect(error?.message).toContain('[item 0]');
	expect(error?.description).toMatch(/\w/);
}
