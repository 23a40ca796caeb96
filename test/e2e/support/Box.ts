/** Where something is seen, in CSS pixels of the page. */
export interface Box {
	x: number;
	y: number;
	width: number;
	height: number;
}
