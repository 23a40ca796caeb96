import { Command } from 'commander';

export interface Flags {
	/** Parts of the names of what is to be measured; all of it when there are none. */
	only: string[];
	quick: boolean;
	/** Nothing is measured: the tables are made of what is written. */
	tables: boolean;
	/** Where profiles go. */
	profile?: string;
}

export function parseFlags(args: string[]): Flags {
	return new Command('npm run bench --')
		.description(
			'Measures the node beside other clients. A whole run writes bench/results.json and the tables of bench/README.md.',
		)
		.option(
			'--only <words...>',
			'only what has one of these words in its name, e.g. long, held',
			[],
		)
		.option('--quick', 'in less than a minute, to see that everything works', false)
		.option('--tables', 'measure nothing, show bench/results.json again', false)
		.option('--profile <folder>', 'write a CPU profile of each measurement')
		.parse(args, { from: 'user' })
		.opts<Flags>();
}
