/**
 * Signing on with a code: a flow is begun for a person, a device is selected, its code is checked. And the decisions
 * that LDAP and the Directory REST API share: which account a name means, which password or code signs a person in, who
 * may change secrets and passwords.
 *
 * <ol>
 *   <li>A flow is ephemeral: ids and a status, in a cache, for five minutes. A flow that is lost is unknown, and the
 *       client begins another; nothing that must last depends on it. A client that begins flows without end pushes out
 *       the oldest flows, and does not fill the heap.
 *   <li>It changes by compare-and-set only. Of all codes that are accepted for it one completes it; each of them is used up.
 *   <li>Codes are judged where they are at every other interface, with the same budget: a lock binds a flow that was begun
 *       before it. At most ten codes are taken up in one flow, of whatever device.
 *   <li>A device that is no longer the person's, or may not be used any more, completes no flow.
 *   <li>Staff sign in by password and code, always both, and the password is judged first: a client that does not know
 *       it can't use up codes or attempts of the token. Which of them was wrong is not told.
 *   <li>When there is no verdict, because the store can't take it, the flow is unchanged.
 *   <li>The person, and a caller with the permission whose role is not below the person's, may make and end secrets and
 *       set passwords. A person's password makes and ends secrets, too, and a secret ends itself; a password does not
 *       change itself.
 *   <li>An unknown name, a locked person and a wrong password cost the same.
 * </ol>
 *
 * <p>Uses {@code otp}, {@code device}, {@code token}, {@code person},
 * {@code environment}, {@code access} and {@code problem}.
 */
@NullMarked
package org.oathbound.authentication;

import org.jspecify.annotations.NullMarked;
