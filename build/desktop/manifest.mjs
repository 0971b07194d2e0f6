/** The manifest of the bundle for Claude Desktop and other hosts that take `.mcpb` files (manifest 0.3 of @anthropic-ai/mcpb). */

const setting = (type, title, description, more = {}) => ({ type, title, description, required: false, ...more });
const key = (title, description) => setting('string', title, description, { sensitive: true, required: true });
const text = (title, description) => setting('string', title, description);
const tick = (title, description, preset = false) => setting('boolean', title, description, { default: preset });

/** By the end of its variable's name, each setting that somebody fills in on a form, in its order there. */
const form = {
  SOURCE_KEY: key('Source key', 'Dizions sends it to you.'),
  ORG_KEY: key('Org key', "On the API user's record in Charitylog, under 3rd Party System Access: Reveal Key."),
  USER_KEY: key('User key', 'In the same place as the Org key.'),
  READ_ONLY: tick('Only read', 'Ticked: the assistant adds nobody. Begin with this.', true),
  HIDDEN_FIELDS: text(
    'Hidden fields',
    'Fields that the assistant never sees, such as notes;nhs_number. The word sensitive stands for all special-category fields.',
  ),
  MASKED_FIELDS: text(
    'Masked fields',
    'Fields that the assistant sees in part, such as email;mobile;date_of_birth. Searches still use the whole value.',
  ),
  REQUIRED_FIELDS: text('Required fields', 'What each new person must have, such as email;postcode.'),
  CONFIRM: text(
    'Ask before adding',
    'duplicates, always, never, or view (a click in the review view). When this is empty: duplicates.',
  ),
  CREATE_MARK: text(
    'Mark of new records',
    'A field and a text to write there in each new record, such as source_details=Added by the assistant.',
  ),
  RECORD_URL: text(
    'Links to records',
    'The address of a record in the web application, with {id} in place of the id of the person.',
  ),
  AUDIT_LOG: text('Audit log', 'The full path of a file that notes each question, without anything about a person.'),
  AUDIT_SYSLOG: text('Audit collector', 'A syslog server that gets each line of the audit log, too: tls://host:6514.'),
  AUDIT_REQUIRED: tick(
    'Add nobody without the audit log',
    'Ticked: a person is added only once the audit log has a line about it.',
  ),
  EXPORT_DIR: setting(
    'directory',
    'Folder for exports',
    'A folder on this computer where the assistant may write CSV files.',
  ),
  BASE_URL: text('Address of the API', 'When this is empty: https://api.dizions.co.uk/v2'),
  CA_FILE: setting('file', 'Additional certificates', 'A PEM file, if your network has certificates of its own.'),
  TIMEOUT_MS: setting(
    'number',
    'Patience',
    'How many milliseconds an answer of Charitylog may take. When this is empty: 20000.',
    {
      min: 100,
      max: 45_000,
    },
  ),
  ELICITATION: text('Questions to you', 'on or off. Off: the assistant puts the questions, in place of the program.'),
  YES_NO: text('Yes and no', 'How your system writes them, such as 1;0. When this is empty, the program learns it.'),
  DATE_FORMAT: text('Dates', 'YYYY-MM-DD or DD/MM/YYYY. When this is empty, the program learns it.'),
  CREATE_METHOD: text('Method of adding', 'POST or PUT. When this is empty: POST.'),
  CREATE_ENCODING: text('Encoding of adding', 'form or json. When this is empty: form.'),
  CREATE_VIA: text(
    'Where new people go',
    'clients, or external_referral for the staging area. When this is empty: clients.',
  ),
  REFERRAL_SOURCE: text('Referral source', 'For the staging area: the number of this feed.'),
  REFERRAL_ROLE: text('Referral role', 'For the staging area: the id of a role.'),
  REFERRAL_DESCRIPTION: text('Referral description', 'For the staging area: a text.'),
};

/** What is shown of it before it is installed: of docs/views. */
export const pictures = ['breakdown-light.png', 'people-light.png', 'review-light.png'];

/** @param program name, version, description and licence, as package.json has them */
export function manifestOf({ name, version, description, license }) {
  const names = Object.keys(form);
  return {
    manifest_version: '0.3',
    name,
    display_name: 'Charitylog',
    version,
    description,
    long_description:
      'Ask about the clients, carers, volunteers and staff on your Charitylog system in plain words, and add people after a ' +
      "check for duplicates. Answers go to the company that runs the assistant's model: agree with whoever is responsible for " +
      'data protection at your charity before you connect a live system.',
    author: { name: 'The charitylog-mcp authors' },
    license,
    icon: 'icon.png',
    screenshots: pictures.map(file => `pictures/${file}`),
    keywords: ['charity', 'charitylog', 'crm', 'uk'],
    server: {
      type: 'node',
      entry_point: 'dist/cli.js',
      mcp_config: {
        command: 'node',
        // Node and every system take slashes.
        args: [`\${__dirname}/dist/cli.js`],
        env: Object.fromEntries(names.map(name => [`CHARITYLOG_${name}`, `\${user_config.${name.toLowerCase()}}`])),
      },
    },
    // Which tools there are depends on the settings, and their arguments on the system.
    tools_generated: true,
    prompts_generated: true,
    compatibility: { platforms: ['darwin', 'win32', 'linux'], runtimes: { node: '>=20.19' } },
    user_config: Object.fromEntries(names.map(name => [name.toLowerCase(), form[name]])),
  };
}
