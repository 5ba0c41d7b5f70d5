import { FileSystem } from "../../components/data/file-system";
import { fileSystemAccess } from "../../components/data/file-system-access";
import { zonesFor } from "../addresses";
import type { FileSystem as Described } from "../description";
import type { Kind } from "./kind";

export const fileSystem: Kind<Described> = {
  make: ({ name, resource, resourceName, keeping, environment, opts }) => {
    const { mountPath, ...days } = resource.args;
    const component = new FileSystem(
      name,
      { ...keeping, ...days, fileSystemName: resourceName, zones: zonesFor(environment).length },
      opts,
    );
    const { fileSystemId, accessPointId, securityGroupId } = component;
    return { component, securityGroupId, fileSystem: { fileSystemId, accessPointId } };
  },
  access: (at, name, access, resource) => {
    // ECS mounts it, and the container has no use for its ids.
    const { parameters: _, ...its } = fileSystemAccess(at, name, access as Described["offers"][number]);
    return { ...its, settings: { PATH: resource.args.mountPath } };
  },
};
