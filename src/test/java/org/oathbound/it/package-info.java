/**
 * The product as its users meet it: the built WAR in Payara Micro, spoken to over HTTP and LDAP only.
 *
 * <ol>
 *   <li>{@link org.oathbound.it.Oathbound} is the one driver.
 *   <li>Every answer of the API is held against the OpenAPI document, and searched for the secrets that went in.
 *   <li>When a server ends, its log, at the finest level, its audit and its data are searched for every secret, code, password
 *       and access token that tests have sent or were told until then ({@link org.oathbound.it.LogSearch}).
 *   <li>No test waits longer than a deadline.
 * </ol>
 */
@NullMarked
package org.oathbound.it;

import org.jspecify.annotations.NullMarked;
