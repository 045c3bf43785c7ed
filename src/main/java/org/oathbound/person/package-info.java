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
 *   <li>A password is kept as a hash and never shown. A wrong one is counted before its answer; ten in a row lead to a
 *       cool-down.
 * </ol>
 *
 * <p>Uses {@code directory}, {@code environment} and {@code problem}.
 */
@NullMarked
package org.oathbound.person;

import org.jspecify.annotations.NullMarked;
