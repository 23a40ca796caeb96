import fc from 'fast-check';
import { addresses, languages } from './mentions';
import { tell } from './tell';

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
			const told = await tell(sentences.join('\n'));
			expect(told.status).toBe('unfinished');
			expect(told).not.toHaveProperty('videoUrl');
			expect(told.stages).not.toContain('completed');
			expect(told.stages).not.toContain('failed');
		}),
		{ numRuns: 2_000 },
	);
});
