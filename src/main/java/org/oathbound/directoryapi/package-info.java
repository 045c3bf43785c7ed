/**
 * PingDirectory's Directory REST API: entries, and the secrets of authenticator apps.
 *
 * <ol>
 *   <li>An entry is read and searched for as its caller may see it. It is written through LDAP, and what it stands for through
 *       the other API.
 *   <li>A DN comes from the raw path, decoded once, and goes back in the same way: each link leads to its entry again.
 *   <li>A filter, a list of attributes and a cursor tell nothing of an attribute that is hidden.
 *   <li>A TOTP shared secret is an authenticator app of a person: one model with the devices of the other API, one engine
 *       that judges its codes.
 *   <li>The password alone makes a secret only as long as all that the person has was made so, and no code was accepted.
 *   <li>An unknown name and a wrong password get the same answer at the same cost.
 * </ol>
 *
 * <p>Uses {@code authentication}, where it is decided who may do all that, {@code device}, {@code token}, {@code person},
 * {@code environment}, {@code access}, {@code directory}, {@code otp} and {@code problem}.
 */
@NullMarked
package org.oathbound.directoryapi;

import org.jspecify.annotations.NullMarked;
