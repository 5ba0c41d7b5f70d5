declare module "object-treeify" {
  type Tree = { readonly [label: string]: Tree | null };
  export default function treeify(tree: Tree, options: { joined: false }): string[];
}
