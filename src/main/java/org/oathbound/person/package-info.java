/**
 * People: their identities and their enrolments.
 *
 * <ol>
 *   <li>An identity ({@code ou=People}) and an enrolment ({@code ou=Enrolments}) are two entries. Every entry of ours
 *       that refers to a person holds the person's id, which is the enrolment's; only the enrolment holds the
 *       identity's DN.
 *   <li>A person exists once the identity does, and is deleted once the enrolment is closed.
 *   <li>One user name is one person, whatever its case, its spaces or its Unicode form.
 *   <li>The list of a person's devices changes by compare-and-set only: it is what a pairing is committed by, and holds the
 *       limit.
 *   <li>A password of ours is kept as a hash and never shown; another is checked by a bind, once, and kept nowhere. A
 *       wrong password is counted before its answer; ten in a row lead to a cool-down.
 *   <li>People of a corporate directory are found there and changed nowhere but there. Their id is that directory's, so
 *       they stay the same when they are moved or renamed. Their enrolment is ours, is created by the first change that
 *       is stored for them, and is never swept. When their directory does not answer, the result is Unavailable: such a
 *       person never counts as absent.
 * </ol>
 *
 * <p>Uses {@code directory}, {@code environment} and {@code problem}.
 */
@NullMarked
package org.oathbound.person;

import org.jspecify.annotations.NullMarked;
