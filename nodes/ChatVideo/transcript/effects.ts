import { stateOf } from '../chat/states';
import { trimEnd } from '../chat/trimEnd';
import type { Effect, Facts } from './facts';
import { fail } from './failure';
import { addPercent, addStage, nextGroup } from './stages';
import { readPicture, readPoster, readTag } from './tags';
import { readNames, taskEffects } from './taskNames';
import { cleanUrl, isOwnFile, isOwnPath, kindOfUrl } from './urls';
import { addPoster, addUrl } from './videos';

/** What a line can say, and what each of these facts does to what is known so far. */
export const effects = {
	...taskEffects,
	sid: (facts, [sid = '']) => ({ ...facts, sid }),
	prompt: (facts, [prompt = '']) =>
		facts.prompt === '' ? { ...facts, prompt: prompt.trim() } : facts,
	page: (facts, [url = '']) => readNames(facts, url),
	poster: (facts, [url = '']) => readPoster(facts, url),
	pictureLink: (facts, [alt = '', src = '', url = '']) => ({
		...readPicture({ ...facts, anchorUrl: url }, src, alt),
		anchorUrl: facts.anchorUrl,
	}),
	video: (facts, [url = '']) => readVideo(facts, url),
	announced: (facts, [url = '']) => {
		const read = facts.inThought ? readUrl : readVideo;
		return isOwnPath(url) ? facts : read(facts, trimEnd(url, punctuation));
	},
	download: (facts, [url = '']) => addUrl(facts, url, 'download'),
	link: (facts, [url = ''], isAlone) =>
		addUrl(facts, url, kindOfUrl(url) === 'video' ? 'labelled' : 'bare', isAlone),
	url: (facts, [url = ''], isAlone) => readUrl(facts, trimEnd(url, punctuation), isAlone),
	path: (facts, [url = ''], isAlone) =>
		facts.inVideo || isOwnFile(url) ? readUrl(facts, url, isAlone) : facts,
	tag: (facts, [tag = '']) => readTag(facts, tag),
	closingTag: (facts, [name = '']) => ({ ...facts, ...closed(name.toLowerCase()) }),
	queued: (facts) => addStage(facts, { stage: 'queued' }),
	generating: (facts) => addStage(facts, { stage: 'generating' }),
	percent: (facts, [percent]) => addPercent(facts, Number(percent)),
	fraction: (facts, [part]) => addPercent(facts, Math.round(Number(part) * 1_000) / 10),
	percentLink: (facts, [percent, url = '']) =>
		addUrl(addPercent(facts, Number(percent)), url, 'labelled'),
	status: (facts, [word = '']) => {
		const stage = stateOf(word);
		return stage === 'unknown' || stage === 'failed' ? facts : addStage(facts, { stage });
	},
	previewed: (facts) => ({ ...nextGroup(facts), inPreview: true }),
	completed: (facts) => addStage({ ...facts, inPreview: false }, { stage: 'completed' }),
	retrying: (facts) =>
		addStage({ ...facts, failure: undefined, triesAgain: true }, { stage: 'generating' }),
	failed: (facts, [reason = '']) => fail(facts, reason),
	reason: (facts, [reason = '']) => (facts.failure === undefined ? facts : fail(facts, reason)),
	quotation: (facts) => facts,
} satisfies Record<string, Effect>;

/** What a line of a transcript can say. */
export type Fact = keyof typeof effects;

function closed(name: string): Partial<Facts> {
	if (name === 'a') return { anchorUrl: '' };
	return name === 'video' ? { inVideo: false } : { inThought: false };
}

const punctuation = /[.,:;!?*_~]/;

const readVideo = (facts: Facts, url: string): Facts =>
	kindOfUrl(url) === 'image' ? addPoster(facts, cleanUrl(url)) : addUrl(facts, url, 'labelled');

const readUrl = (facts: Facts, url: string, isAlone?: boolean): Facts =>
	addUrl(facts, url, facts.inVideo ? 'labelled' : 'bare', isAlone);
