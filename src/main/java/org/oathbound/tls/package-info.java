/**
 * The certificate that the interfaces show, from PEM files.
 *
 * <ol>
 *   <li>A start is refused when a file is missing, is no PEM, does not fit the other one, or is a private key that others
 *       can read; the message says which file and what to do. A certificate that has ended is a warning.
 *   <li>Files that change are taken within seconds, however they are exchanged, when both are whole and fit together; until
 *       then the pair before is shown. New connections get the new certificate, open ones go on.
 *   <li>TLS 1.3 and 1.2, nothing before.
 *   <li>No message and no {@code toString} has anything of a key.
 * </ol>
 *
 * <p>Uses the JDK only, for the launcher has it too, in front of Payara Micro. Out of scope: certificates of clients.
 */
@NullMarked
package org.oathbound.tls;

import org.jspecify.annotations.NullMarked;
