/**
 * Tenants: each has its own people, tokens, devices, jobs and applications.
 *
 * <ol>
 *   <li>The default environment stands on the suffix itself; each other one on an entry below {@code ou=Environments}.
 *   <li>One that is being made or deleted is closed: no lookup finds it, and what a stop has left half done is swept
 *       away. Only an empty one is deleted, and never the default.
 *   <li>Nothing that is read or written for one environment touches another.
 *   <li>Its settings and policies stand on its own entry: one read tells what is in force, one compare-and-set changes
 *       it. A code is judged by what was in force at most a second ago.
 *   <li>PingOne's documents are kept whole and returned as they were given; what they say of OATH tokens and authenticator
 *       apps has effect, a method that we don't have can't be enabled, the rest is only kept.
 *   <li>Exactly one policy is the default. A new environment has one without storing it.
 *   <li>Windows and lockouts have bounds: all guesses at one token's codes between two right ones of its owner hit less
 *       often than once in 980 times.
 * </ol>
 *
 * <p>Uses {@code directory} and {@code problem}.
 */
@NullMarked
package org.oathbound.environment;

import org.jspecify.annotations.NullMarked;
