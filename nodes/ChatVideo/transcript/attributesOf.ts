/** What a tag of a page says, as far as it concerns a video. */
export interface Attributes {
	/** `video`, `source`, `iframe`, `embed`, `object`, `img`, `a` or `think`. */
	name: string;
	src?: string;
	/** What `<object>` calls its `src`. */
	data?: string;
	href?: string;
	poster?: string;
	alt?: string;
	/** flow2api's name of the video, which an extension of it refers to. */
	mediaId?: string;
}

const attribute =
	/(?<![\w-])(src|data|href|poster|alt|data-media-id)\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'<>]+))/gi;

/** @param tag whole, from `<` to `>` */
export function attributesOf(tag: string): Attributes {
	const [, name = ''] = /^<(\w+)/.exec(tag) ?? [];
	const attributes: Attributes = { name: name.toLowerCase() };
	for (const [, key = '', double, single, plain] of tag.matchAll(attribute)) {
		const value = (double ?? single ?? plain ?? '').trim();
		const field = key.toLowerCase() === 'data-media-id' ? 'mediaId' : key.toLowerCase();
		attributes[field as Exclude<keyof Attributes, 'name'>] ??= value;
	}
	return attributes;
}
