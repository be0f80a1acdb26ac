import {
  DeleteLayerVersionCommand,
  GetLayerVersionCommand,
  type LayerVersionsListItem,
  ListLayerVersionsCommand,
  PublishLayerVersionCommand,
} from '@aws-sdk/client-lambda';
import {orAbsent} from '../../aws/errors.ts';
import {layerMarker, layerStack} from '../../aws/tags.ts';
import {type Context, perRun, type Run} from '../context.ts';
import {wantedFound} from '../first-difference.ts';
import {type Inspection, present, type ResourceNode} from '../resource-node.ts';

const readVersions = perRun(async ({clients: {lambda}, names}) => {
  const versions: LayerVersionsListItem[] = [];
  let Marker: string | undefined;
  do {
    const page = await orAbsent(lambda.send(new ListLayerVersionsCommand({LayerName: names.layer, Marker})));
    versions.push(...(page?.LayerVersions ?? []));
    Marker = page?.NextMarker;
  } while (Marker);
  return versions.sort((a, b) => (b.Version ?? 0) - (a.Version ?? 0));
});

/** The newest version of ours, with the hash of what is in it. */
const readNewest = perRun(async run => {
  const newest = (await ours(run))[0];
  if (!newest?.LayerVersionArn) return undefined;
  const {LayerVersionArn: arn, Version: VersionNumber} = newest;
  const input = {LayerName: run.names.layer, VersionNumber};
  const version = await orAbsent(run.clients.lambda.send(new GetLayerVersionCommand(input)));
  return version && {arn, sha256: version.Content?.CodeSha256};
});

/** The extension, as versions of one layer. Layers carry no tags: a version's Description says whose it is. */
export const layer: ResourceNode = {
  id: 'layer',
  title: 'Lambda layer',
  name: names => names.layer,
  needs: [],
  removeAfter: [],
  read: readNewest,
  async inspect(context): Promise<Inspection> {
    const versions = await readVersions(context);
    if (versions.length === 0) return {state: 'absent'};
    const newest = await readNewest(context);
    if (!newest) return {state: 'foreign', ...ownerOf(versions[0]!)};
    const wanted = await context.assets;
    const surplus = (await ours(context)).length - 1;
    return present([
      ...(wanted && newest.sha256 !== wanted.layer.sha256
        ? [`extension: ${wantedFound(wanted.layer.sha256, newest.sha256)}`]
        : []),
      ...(surplus > 0 ? [`versions: ${wantedFound(1, surplus + 1)}`] : []),
    ]);
  },
  /** A version of ours beside the others is all it takes; theirs stay theirs. */
  adopt: async () => {},
  async ensure(context) {
    const wanted = (await context.assets)!.layer;
    const newest = await readNewest(context);
    const versions = await ours(context);
    if (newest?.sha256 === wanted.sha256) {
      context.made.layerArn = newest.arn;
      await removeVersions(context, versions.slice(1));
      return versions.length === 1 ? 'unchanged' : 'updated';
    }
    const published = await context.clients.lambda.send(
      new PublishLayerVersionCommand({
        LayerName: context.names.layer,
        Description: layerMarker(context.names.stack, wanted.sha256),
        Content: {ZipFile: wanted.zip},
        CompatibleRuntimes: ['nodejs24.x'],
        CompatibleArchitectures: ['arm64'],
      }),
    );
    context.made.layerArn = published.LayerVersionArn!;
    await removeVersions(context, versions);
    return newest ? 'updated' : 'created';
  },
  async remove(context) {
    const versions = await ours(context);
    await removeVersions(context, versions);
    return versions.length === 0 ? 'absent' : 'deleted';
  },
};

/** A function keeps the copy that it was given: nothing needs the older versions. */
async function removeVersions({clients, names}: Context, versions: readonly LayerVersionsListItem[]): Promise<void> {
  await Promise.all(
    versions.map(({Version: VersionNumber}) =>
      clients.lambda.send(new DeleteLayerVersionCommand({LayerName: names.layer, VersionNumber})),
    ),
  );
}

/** The version the target should carry: the one just made, else the newest. */
export async function currentLayerArn(context: Context): Promise<string | undefined> {
  return context.made.layerArn ?? (await readNewest(context))?.arn;
}

async function ours(run: Run): Promise<LayerVersionsListItem[]> {
  return (await readVersions(run)).filter(({Description}) => layerStack(Description) === run.names.stack);
}

function ownerOf({Description}: LayerVersionsListItem): {owner: string; unowned: boolean} {
  const stack = layerStack(Description);
  if (stack !== undefined) return {owner: `stack ${stack}`, unowned: false};
  return {owner: 'not made by lifecycle-tui (its description does not say so)', unowned: true};
}
