/** Why a score is what it is, and what mending would bring. The sentences are in data/words/score.json, shared with the server. */
export default {
  title: 'Why this score',
  open: 'See why',
  soFar: 'Score so far',
  items: 'What cost points, dearest first',
  tick: 'Tick what has been put right and see the score change',
  none: 'Nothing cost points.',
  ticked: 'With this put right | With these {n} put right',
  allClosed: 'All findings put right',
  more: '{n} more',
  go: 'Go to the item',
  again: 'Failed again',
  gain: 'The score rises by {n}',
  sections: 'Rate by section',
  sectionPoints: '{earned} of {max} pts',
  coverage: '{total} items: {scored} scored, {na} not applicable, {cannot} could not be checked.',
  unanswered: '{n} not answered and left out.',
}
