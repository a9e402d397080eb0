import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { dropTemporaryIssue } from '../../../src/conversation/language/temporary-issue.ts';

const REMARK = 'I encountered a temporary issue. Please try again later.';

describe('dropTemporaryIssue', () => {
  it('case 30: behind a normal answer the remark is dropped', () => {
    expect(dropTemporaryIssue(['The intro is in place.', REMARK])).toEqual({
      texts: ['The intro is in place.'],
      only: false,
    });
  });

  it('case 31: where it is all there is, nothing is left and that is said', () => {
    expect(dropTemporaryIssue([REMARK])).toEqual({ texts: [], only: true });
    expect(dropTemporaryIssue([REMARK, REMARK])).toEqual({ texts: [], only: true });
  });

  it.each([
    'Sorry, I encountered a temporary issue.',
    "I'm sorry! I ENCOUNTERED A TEMPORARY ISSUE while saving. Please retry in a moment.",
    'Unfortunately, I ran into a temporary problem.',
    '抱歉，我遇到了一个临时问题。请稍后再试。',
  ])('%j is the remark in other words', (text) => {
    expect(dropTemporaryIssue(['Fine.', text])).toEqual({ texts: ['Fine.'], only: false });
  });

  it('cuts the remark off the end of the answer itself', () => {
    expect(dropTemporaryIssue([`The title is blue now. ${REMARK}`])).toEqual({
      texts: ['The title is blue now.'],
      only: false,
    });
  });

  it.each([
    'I added a scene in which a machine has a temporary issue and a robot repairs it.',
    'Please try again later is the new title.',
    'Sorry for the wait. Here is the film.',
  ])('%j is an answer and stays', (text) => {
    expect(dropTemporaryIssue([text])).toEqual({ texts: [text], only: false });
  });

  it('leaves a remark that an answer followed', () => {
    expect(dropTemporaryIssue([REMARK, 'Now it worked.'])).toEqual({
      texts: [REMARK, 'Now it worked.'],
      only: false,
    });
  });

  it('is not "only" when nothing was said at all', () => {
    expect(dropTemporaryIssue([])).toEqual({ texts: [], only: false });
  });

  it('does not touch its argument, and any other text comes back word for word', () => {
    fc.assert(
      fc.property(fc.array(fc.string()), (texts) => {
        const before = [...texts];
        expect(dropTemporaryIssue(texts)).toEqual({ texts: before, only: false });
        expect(texts).toEqual(before);
      }),
    );
  });
});
