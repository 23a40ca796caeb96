const { default: Sequencer } = require('@jest/test-sequencer');

/** Without the times of an earlier run jest begins with the largest files, and the longest are small. */
const longest = /faults.(?:faults|crash|sleep)\.test\.ts$/;

module.exports = class LongestFirst extends Sequencer {
	sort(tests) {
		const sorted = super.sort(tests);
		const isLong = ({ path }) => longest.test(path);
		return [...sorted.filter(isLong), ...sorted.filter((test) => !isLong(test))];
	}
};
