import { access } from 'node:fs/promises';

const places = [
	process.env.CHROMIUM,
	'/usr/bin/chromium',
	'/usr/bin/chromium-browser',
	'/usr/bin/google-chrome',
	'/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
];

/** The Chromium of this machine: playwright-core brings none. */
export async function findChromium(): Promise<string> {
	for (const place of places) {
		if (
			place &&
			(await access(place).then(
				() => true,
				() => false,
			))
		)
			return place;
	}
	throw new Error(
		'There is no Chromium: install it (apt-get install chromium), or name one in CHROMIUM.',
	);
}
