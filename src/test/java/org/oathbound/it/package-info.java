/**
 * The product as its users meet it: the runnable jar, spoken to over HTTP and LDAP only. {@link
 * org.oathbound.it.DeployedWarIT} does the main job with the built WAR on a plain Payara Micro.
 *
 * <ol>
 *   <li>{@link org.oathbound.it.Oathbound} is the one driver.
 *   <li>Classes that extend {@link org.oathbound.it.Deployed} share one server in each JVM. A class that needs a setting of
 *       its own, an empty directory, or a server that ends, starts a {@link org.oathbound.it.ServerProcess}.
 *   <li>Every answer of the API is held against the OpenAPI document, and searched for the secrets that went in.
 *   <li>When a class is over, the log of its server, at the finest level, its audit and its data are searched for every
 *       secret, code, password and access token that tests have sent or were told until then ({@link
 *       org.oathbound.it.LogSearch}).
 *   <li>No test waits longer than a deadline.
 * </ol>
 */
@NullMarked
package org.oathbound.it;

import org.jspecify.annotations.NullMarked;
