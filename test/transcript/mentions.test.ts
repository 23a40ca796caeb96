import fc from 'fast-check';
import { addresses, languages } from './mentions';
import { summaryOf } from './summary';
import { seed } from '../support/seed';

const mention = fc
	.constantFrom(...languages)
	.chain(({ words, frames }) =>
		fc
			.tuple(fc.constantFrom(...frames), fc.constantFrom(...words), fc.constantFrom(...addresses))
			.map(([say, word, address]) => say(word, address)),
	);

it('a text that mentions the words of a report reports neither a video nor a failure', async () => {
	await fc.assert(
		fc.asyncProperty(fc.array(mention, { minLength: 1, maxLength: 5 }), async (sentences) => {
			const summary = await summaryOf(sentences.join('\n'));
			expect(summary.status).toBe('unfinished');
			expect(summary).not.toHaveProperty('videoUrl');
			expect(summary.stages).not.toContain('completed');
			expect(summary.stages).not.toContain('failed');
		}),
		{ seed, numRuns: 2_000 },
	);
});
