import { inOrder } from '../in-order.ts';
import type { Question } from '../question.ts';

/** Questions about who comes first. The answer is a list in its order. */
export const sortedQuestions: readonly Question[] = [
  {
    id: 'oldest-clients',
    kind: 'sorted list',
    ask: 'Who are our five oldest clients? The oldest first.',
    form: 'ids',
    truth: inOrder({ type: 'Clients' }, 'date_of_birth', 5),
  },
  {
    id: 'newest-volunteers',
    kind: 'sorted list',
    ask: 'Who are the five volunteers whom we added last? The newest first.',
    form: 'ids',
    truth: inOrder({ type: 'Volunteers' }, '-created', 5),
  },
  {
    id: 'youngest-carers',
    kind: 'sorted list',
    ask: 'The young carers group has room for three: who are the three youngest active carers whose birthday we know? The youngest first.',
    form: 'ids',
    // Those without a date of birth are not the youngest.
    truth: inOrder({ type: 'Carers', active: 'Y' }, '-date_of_birth', 3),
  },
  {
    id: 'longest-unchecked-befrienders',
    kind: 'sorted list',
    ask: 'Whose DBS check is longest ago, among the active befrienders who have had one? The first four, the oldest check first.',
    form: 'ids',
    truth: inOrder({ type: 'Befrienders', active: 'Y' }, 'dbs_check_date', 4),
  },
];
