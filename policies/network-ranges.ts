/** The widest ranges that are private: 10.0.0.0/8 and fc00::/7. Whatever is wider reaches the internet. */
const widestPrivate = { ipv4: 8, ipv6: 7 };

/** Whether a range holds the internet or so much of it that it might as well. */
export function isOpenToWorld(range: string): boolean {
  const [address = "", length] = range.split("/");
  if (length === undefined) return false;
  return Number(length) < (address.includes(":") ? widestPrivate.ipv6 : widestPrivate.ipv4);
}
