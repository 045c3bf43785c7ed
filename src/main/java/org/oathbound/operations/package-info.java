/**
 * Start and stop, what the container gives to the rest, health.
 *
 * <ol>
 *   <li>The first start makes the key set, the first environment, its administrator application and the LDAP
 *       administrator, and writes what an administrator needs to {@code bootstrap.env}, once, for its own user only.
 *   <li>Interfaces open when everything behind them stands; at a stop they close first.
 *   <li>{@code /health/ready} says yes only when the directory answers and takes writes.
 *   <li>The demo runs where no other machine can reach an interface, and nowhere else.
 *   <li>A user who can read the data directory can get a break-glass access token; its record is on disk before the
 *       token is printed.
 *   <li>HTTP without TLS is for this machine alone unless the configuration says otherwise, and the start says which
 *       interface is where.
 * </ol>
 *
 * <p>May use every component.
 */
@NullMarked
package org.oathbound.operations;

import org.jspecify.annotations.NullMarked;
