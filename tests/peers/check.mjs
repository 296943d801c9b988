// What OHIF reads with, over what the program wrote: check.mjs SEG SR MASKS IMAGE...
// MASKS: a folder with one file a segment, called by its number, one byte a voxel, i fastest, k in the order of IMAGE.
// Ends with 0 where @cornerstonejs/adapters finds exactly those voxels, and dcmjs every group of the report.
import assert from 'node:assert';
import fs from 'node:fs';
import { register } from 'node:module';

// The adapters import the tools only for contours, and those need a browser.
register('data:text/javascript,' + encodeURIComponent(`
  export async function resolve(name, context, next) {
    if (name !== '@cornerstonejs/tools') return next(name, context);
    return { url: 'data:text/javascript,export const utilities = { contours: {} };', shortCircuit: true };
  }`));
const { default: dcmjs } = await import('dcmjs');
const { adaptersSEG } = await import('@cornerstonejs/adapters');
dcmjs.log.setLevel?.('error');

const [segPath, srPath, masks, ...images] = process.argv.slice(2);
const bytes = (path) => {
  const file = fs.readFileSync(path);
  return file.buffer.slice(file.byteOffset, file.byteOffset + file.byteLength);
};
const dataset = (path) => {
  const file = dcmjs.data.DicomMessage.readFile(bytes(path));
  const out = dcmjs.data.DicomMetaDictionary.naturalizeDataset(file.dict);
  out._meta = dcmjs.data.DicomMetaDictionary.namifyDataset(file.meta);
  return out;
};

const instances = Object.fromEntries(images.map((path) => [path, dataset(path)]));
const provider = {
  get(kind, id) {
    const one = instances[id];
    switch (kind) {
      case 'imagePlaneModule':
        return {
          rows: one.Rows,
          columns: one.Columns,
          rowCosines: one.ImageOrientationPatient.slice(0, 3),
          columnCosines: one.ImageOrientationPatient.slice(3),
          imagePositionPatient: one.ImagePositionPatient,
          frameOfReferenceUID: one.FrameOfReferenceUID,
        };
      case 'generalSeriesModule':
        return { seriesInstanceUID: one.SeriesInstanceUID, studyInstanceUID: one.StudyInstanceUID };
      case 'generalImageModule':
      case 'sopCommonModule':
        return { sopInstanceUID: one.SOPInstanceUID, sopClassUID: one.SOPClassUID };
      case 'instance':
        return one;
      default:
        return undefined;
    }
  },
};

const state = await adaptersSEG.Cornerstone3D.Segmentation.generateToolState(images, bytes(segPath), provider, {});
const found = new Uint8Array(state.labelmapBufferArray[0]);
const numbers = fs.readdirSync(masks).map(Number);
for (const number of numbers) {
  const truth = fs.readFileSync(`${masks}/${number}`);
  assert.equal(truth.length, found.length);
  let wrong = 0;
  for (let i = 0; i < truth.length; ++i) wrong += (found[i] === number) !== (truth[i] === 1);
  assert.equal(wrong, 0, `segment ${number} differs in ${wrong} voxels`);
}
assert.equal(state.segMetadata.data.filter(Boolean).length, numbers.length);

const report = dataset(srPath);
const items = (one) => [one.ContentSequence ?? []].flat();
const named = (one, value) => items(one).filter((item) => [item.ConceptNameCodeSequence].flat()[0]?.CodeValue === value);
const groups = named(report, '126010').flatMap((one) => named(one, '125007'));
assert.ok(groups.length > 0, 'no measurement group');
for (const group of groups) {
  assert.ok(named(group, '112039')[0].TextValue, 'a group without a tracking identifier');
  assert.ok(named(group, '112040')[0].UID, 'a group without a tracking UID');
}
console.log(`${numbers.length} segments, ${groups.length} groups`);
