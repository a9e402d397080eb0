/**
 * May a program read a page, as its host asks (robots.txt)? Both the file and the address are strangers': how long the
 * parser takes grows with the product of the two.
 */
import robotsParser from 'robots-parser';
import type { RobotsJob } from '../reading-job.ts';

/** What is not mentioned is allowed. */
export function robotsAllow({ bytes, address, url, agent }: Omit<RobotsJob, 'kind'>): boolean {
  const rules = robotsParser(address, new TextDecoder().decode(bytes));
  return rules.isAllowed(url, agent) !== false;
}
