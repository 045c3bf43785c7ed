/**
 * Signing on with a code: a flow is begun for a person, a device is selected, its code is checked. And what the two interfaces of a
 * directory, LDAP and REST, decide alike: whom a name means, who is let in by a line, who may have secrets and passwords.
 *
 * <ol>
 *   <li>A flow is ephemeral: ids and a status, in a cache, for five minutes. One that is lost is unknown, and is begun
 *       again; nothing that must hold rests on it. Whoever begins flows without end pushes out the oldest, not the heap.
 *   <li>It changes by compare-and-set only. Of all codes that are accepted for it one completes it; each of them is used up.
 *   <li>Codes are judged where they are at every other interface, with the same budget: a lock binds a flow that was begun
 *       before it. At most ten codes are taken up in one flow, of whatever device.
 *   <li>A device that is no longer the person's, or may not be used any more, lets nobody in.
 *   <li>Staff sign in by password and code, always both, and the password is judged first: who does not know it can't spend
 *       codes or attempts of the token. Which of them was wrong is not told.
 *   <li>When there is no verdict, because the store can't take it, the flow stands where it stood.
 *   <li>Secrets are made and ended, and passwords set, for the person himself and for whoever has the permission, never by a
 *       caller below that person. A person's password makes and ends secrets, too, and a secret ends itself; a password does
 *       not change itself.
 *   <li>Nobody of a name, a locked person and a wrong password cost the same.
 * </ol>
 *
 * <p>Uses {@code otp}, {@code device}, {@code token}, {@code person},
 * {@code environment}, {@code access} and {@code problem}.
 */
@NullMarked
package org.oathbound.authentication;

import org.jspecify.annotations.NullMarked;
