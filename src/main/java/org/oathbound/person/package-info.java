/**
 * People: who they are, and how they sign on.
 *
 * <ol>
 *   <li>An identity ({@code ou=People}) and an enrolment ({@code ou=Enrolments}) are two entries. Everything of ours that
 *       names a person names his id, which is the enrolment's; the enrolment alone knows the identity's DN.
 *   <li>A person is there once his identity is, and gone once his enrolment is closed.
 *   <li>One user name is one person, whatever its case, its spaces or its Unicode form.
 *   <li>The list of a person's devices changes by compare-and-set only: it is what a pairing is committed by, and holds the
 *       limit.
 *   <li>A password of ours is kept as a hash and never shown; another is checked by a bind, once, and kept nowhere. A wrong one is counted before its answer; ten in a row lead to a
 *       cool-down.
 *   <li>People of a corporate directory are found there and changed nowhere but there. Their id is that directory's, so they
 *       stay the same when they are moved or renamed. Their enrolment is ours, begins with what is first stored of them, and
 *       is never swept. When their directory does not answer nobody knows anything of them: that is no answer, not nobody.
 * </ol>
 *
 * <p>Uses {@code directory}, {@code environment} and {@code problem}.
 */
@NullMarked
package org.oathbound.person;

import org.jspecify.annotations.NullMarked;
