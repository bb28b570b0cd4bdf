// The pages of pictures, run without a browser: what they search, filter and count, and that they load nothing.

import assert from 'node:assert/strict';
import { test } from 'node:test';

import { JSDOM, VirtualConsole } from 'jsdom';
import { ask } from 'kubelogic';

/** A page, with its scripts run. jsdom draws nothing, so what measures and watches sizes is stood in for. */
function open(picture) {
  const { answer, error } = ask({ ask: 'picture.render', picture, format: 'html' });
  assert.equal(error, undefined);
  const requests = [];
  const refuse = (name) => (...given) => {
    requests.push(`${name} ${given[0]}`);
    throw new Error(`a page asked for the network by ${name}`);
  };
  const problems = [];
  const console = new VirtualConsole();
  console.on('jsdomError', (problem) => problems.push(problem));
  const { window } = new JSDOM(answer.result.text, {
    runScripts: 'dangerously',
    pretendToBeVisual: true,
    virtualConsole: console,
    beforeParse(window) {
      for (const name of ['fetch', 'XMLHttpRequest', 'WebSocket', 'EventSource', 'Worker', 'Image']) {
        window[name] = refuse(name);
      }
      window.navigator.sendBeacon = refuse('sendBeacon');
      window.open = refuse('open');
      window.ResizeObserver = class {
        observe() {}
      };
      window.HTMLCanvasElement.prototype.getContext = () => ({ measureText: (text) => ({ width: 7 * text.length }) });
    },
  });
  const { document } = window;
  assert.deepEqual(problems, []);
  return {
    document,
    status: () => document.getElementById('status').textContent,
    /** Types into a search field. */
    search(text, index = 0) {
      const field = document.querySelectorAll('#tools input[type=search]')[index];
      field.value = text;
      field.dispatchEvent(new window.Event('input', { bubbles: true }));
    },
    /** Takes a value out of a filter, or puts it back. */
    filter(menu, value) {
      const menus = [...document.querySelectorAll('#tools details.menu')];
      const found = menus.find((one) => one.querySelector('summary').textContent.startsWith(menu));
      const label = [...found.querySelectorAll('label')].find((one) => one.querySelector('.name').textContent === value);
      const box = label.querySelector('input');
      box.checked = !box.checked;
      box.dispatchEvent(new window.Event('change', { bubbles: true }));
    },
    /** Nothing was asked of the network, and no element could ask for something. */
    close() {
      assert.deepEqual(requests, []);
      assert.deepEqual(problems, []);
      for (const element of document.querySelectorAll('[src], [href], [action], [srcset], [data]')) {
        const address = element.getAttribute('src') ?? element.getAttribute('href') ?? '';
        assert.ok(address.startsWith('data:') || address.startsWith('#'), element.outerHTML);
      }
      assert.ok(document.querySelector('meta[http-equiv=Content-Security-Policy]').content.startsWith("default-src 'none'"));
      window.close();
    },
  };
}

test('a table', () => {
  const row = (name, tone) => [{ text: name, tone }, { text: '1' }];
  const page = open({
    picture: 'table',
    title: 'Pods',
    columns: [{ label: 'name' }, { label: 'count' }],
    rows: [row('web-10', 'bad'), row('web-9'), row('db </script><b>')],
  });
  const names = () => [...page.document.querySelectorAll('tbody tr')].map((line) => line.querySelector('td').textContent);
  assert.equal(page.status(), '3 rows');
  assert.equal(names()[2], 'db </script><b>');
  page.search('WEB');
  assert.equal(page.status(), '2 of 3 rows');
  page.filter('Severity', 'bad');
  assert.equal(page.status(), '1 of 3 rows');
  assert.deepEqual(names(), ['web-9']);
  page.filter('Severity', 'bad');
  page.document.querySelector('th button').click();
  assert.deepEqual(names(), ['web-9', '✗ web-10']);
  page.close();
});

test('a tree', () => {
  const page = open({
    picture: 'tree',
    title: 'Owners',
    nodes: [
      { label: 'web', kind: 'Deployment' },
      { label: 'web-1', kind: 'ReplicaSet', parent: 0 },
      { label: 'web-1-a', kind: 'Pod', parent: 1, tone: 'bad' },
      { label: 'db', kind: 'StatefulSet' },
    ],
  });
  const lines = () => page.document.querySelectorAll('[role=treeitem]').length;
  assert.deepEqual([page.status(), lines()], ['4 nodes', 4]);
  page.search('web-1-a');
  assert.deepEqual([page.status(), lines()], ['4 nodes, 1 found', 3]);
  page.search('');
  page.filter('Kind', 'Pod');
  assert.deepEqual([page.status(), lines()], ['4 nodes, 3 found', 3]);
  page.close();
});

test('a matrix', () => {
  const page = open({
    picture: 'matrix',
    title: 'Who may what',
    states: [{ id: 'y', label: 'yes', tone: 'good' }, { id: 'n', label: 'no', tone: 'bad' }],
    rows: [{ label: 'ann', group: 'people' }, { label: 'bo', group: 'people' }, { label: 'ci', group: 'machines' }],
    columns: [{ label: 'get', group: 'people' }, { label: 'list', group: 'people' }],
    cells: [[{ state: 0 }, { state: 1 }], [{ state: 1 }, { state: 1 }], [{ state: 0 }, { state: 0 }]],
  });
  assert.equal(page.status(), '3 of 3 rows, 2 of 2 columns');
  page.search('ann');
  assert.equal(page.status(), '1 of 3 rows, 2 of 2 columns');
  page.search('list', 1);
  assert.equal(page.status(), '1 of 3 rows, 1 of 2 columns');
  page.search('');
  page.search('', 1);
  page.filter('Group', 'machines');
  assert.equal(page.status(), '2 of 3 rows, 2 of 2 columns');
  page.close();
});

test('a heat map', () => {
  const page = open({
    picture: 'heat-map',
    title: 'Load',
    rows: [{ label: 'node-a' }, { label: 'node-b' }],
    columns: [{ label: 'cpu' }, { label: 'memory' }],
    cells: [[0.5, null], [1, 0.25]],
  });
  assert.equal(page.status(), '2 of 2 rows, 2 of 2 columns');
  page.search('node-b');
  assert.equal(page.status(), '1 of 2 rows, 2 of 2 columns');
  page.search('cpu', 1);
  assert.equal(page.status(), '1 of 2 rows, 1 of 2 columns');
  page.close();
});

test('a timeline', () => {
  const bar = { start: '2026-01-01T00:00:00Z', end: '2027-01-01T00:00:00Z' };
  const page = open({
    picture: 'timeline',
    title: 'Certificates',
    rows: [
      { label: 'ca', group: 'etcd', bars: [bar] },
      { label: 'server', group: 'etcd', bars: [{ ...bar, tone: 'bad' }] },
      { label: 'front-proxy', group: 'proxy', bars: [bar] },
    ],
  });
  assert.equal(page.status(), '3 rows');
  page.search('server');
  assert.equal(page.status(), '1 of 3 rows');
  page.search('');
  page.filter('Group', 'proxy');
  assert.equal(page.status(), '2 of 3 rows');
  page.filter('Severity', 'bad');
  assert.equal(page.status(), '1 of 3 rows');
  page.close();
});

test('a graph', () => {
  const page = open({
    picture: 'graph',
    title: 'Grants',
    nodes: [
      { id: 'a', label: 'ann', kind: 'User' },
      { id: 'r', label: 'readers', kind: 'RoleBinding', cluster: 'shop' },
      { id: 'v', label: 'view', kind: 'ClusterRole' },
    ],
    edges: [{ from: 'a', to: 'r' }, { from: 'r', to: 'v' }],
  });
  const all = page.status();
  assert.match(all, /^3 nodes, 2 edges/);
  page.search('view');
  assert.match(page.status(), /1 found/);
  page.search('');
  assert.equal(page.status(), all);
  page.filter('Kind', 'User');
  assert.match(page.status(), /^2 of 3 nodes/);
  page.close();
});
