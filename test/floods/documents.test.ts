/** Hostile texts for the readers of documents and of Markdown. */
import { feedAll, IN_DOCUMENTS } from './feeding.ts';

feedAll(IN_DOCUMENTS);
