/** Where the time axis has its marks. */
const STEPS = [1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 1200, 1800, 3600];
const MOST_MARKS = 12;

/** Seconds at which a mark stands: as many as can be read, at round times. */
export function marksOf(seconds: number): number[] {
  const step =
    STEPS.find((it) => seconds / it <= MOST_MARKS) ?? Math.ceil(seconds / MOST_MARKS / 3600) * 3600;
  return Array.from({ length: Math.floor(seconds / step + 1e-9) + 1 }, (_, n) => n * step);
}

/** "0:05", "12:30", "1:02:03". */
export function clockFace(seconds: number): string {
  const whole = Math.round(seconds);
  const two = (value: number) => String(value).padStart(2, '0');
  const minutes = Math.floor(whole / 60);
  const tail = two(whole % 60);
  return minutes < 60
    ? `${minutes}:${tail}`
    : `${Math.floor(minutes / 60)}:${two(minutes % 60)}:${tail}`;
}
