import { describe, expect, test } from 'vitest';
import { parseCreateMark, parseRecordUrl } from '../../src/settings/traces.ts';

describe('a mark is one field and the text that is written there as it stands', () => {
  test.each([
    ['notes=Added by the assistant', 'notes', 'Added by the assistant'],
    [' NOTES = by: AI = good ', 'NOTES', 'by: AI = good'],
    ['notes=Added\u200B by\u00A0AI', 'notes', 'Added by AI'],
    ['consent=2', 'consent', '2'],
  ])('%j', (given, field, text) => {
    expect(parseCreateMark(given)).toEqual({ field, text });
  });

  test.each([
    ['no =', 'notes'],
    ['no text', 'notes= '],
    ['no field', '=Added by AI'],
    ['another sign than =', 'notes: Added by AI'],
    ['quotation marks around it', '"notes=Added by AI"'],
    ['a label for a name', 'Referral Source=AI'],
    ['a place for something that is never put in', 'notes=Added on {date}'],
    ['two marks', 'notes=AI;consent=2'],
    ['a name', 'first_name=AI'],
    ['a name in another spelling', 'Known-As=AI'],
    ['the type', 'type=Clients'],
    ['a character that was lost', 'notes=Cr\uFFFDche'],
    ['a text for a book', `notes=${'long '.repeat(50)}`],
  ])('refused: %s', (_, given) => {
    expect(parseCreateMark(given)).toBeUndefined();
  });
});

describe('the address of records has {id} behind its host', () => {
  test.each([
    'https://charity.example.org/people/{id}',
    'https://charity.example.org/index.php?page=client&id={id}',
    'https://charity.example.org?id={id}',
    'https://charity.example.org/#/clients/{id}/view',
    'http://intranet/clients/{id}',
    'https://charity.example.org:8443/{id}/{id}',
  ])('%s', address => {
    expect(parseRecordUrl(address)).toBe(address);
  });

  test.each([
    ['no scheme', 'charity.example.org/people/{id}'],
    ['no place for the id', 'https://charity.example.org/people/37'],
    ['another place', 'https://charity.example.org/people/${id}'],
    ['a place in capitals', 'https://charity.example.org/people/{ID}'],
    ['a place as browsers write it', 'https://charity.example.org/people/%7Bid%7D'],
    ['another place besides', 'https://charity.example.org/{org}/{id}'],
    ['the id as a host', 'https://{id}.example.org/'],
    ['a password', 'https://user:secret@charity.example.org/{id}'],
    ['a script', 'javascript:open({id})'],
    ['a space', 'https://charity.example.org/our people/{id}'],
  ])('refused: %s', (_, address) => {
    expect(parseRecordUrl(address)).toBeUndefined();
  });
});
