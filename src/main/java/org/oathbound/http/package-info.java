/**
 * The conventions of the HTTP interface, once for all resources.
 *
 * <ol>
 *   <li>Every failure is PingOne's envelope: {@code id}, {@code code}, {@code message}, {@code details}; one mapper for
 *       each family of exceptions. An unexpected failure shows an id only, and its cause is logged under that id.
 *   <li>A body is {@code application/hal+json} unless {@code application/json} was asked for, errors too; pretty-printed,
 *       without nulls, times in UTC with milliseconds.
 *   <li>Every {@code href} is absolute; what a client sends can't lead it elsewhere, and {@code X-Forwarded-*} counts
 *       only from a trusted proxy.
 *   <li>A request's body is at most 64 KiB unless the method says more ({@link org.oathbound.http.BodyLimit}); it is
 *       refused before it is read, or as soon as it is longer.
 *   <li>An address may send only so many requests a second; a refused client is told when to try again.
 *   <li>JSON is one object of bounded depth; no error quotes what was sent.
 *   <li>Every answer names its request: {@code correlation-id} and PingOne's two tracing headers; no answer is stored.
 *   <li>Lists are paged by {@code limit} and an opaque {@code cursor}, and filtered by the part of SCIM (RFC 7644 section
 *       3.4.2.2) that a list supports.
 * </ol>
 *
 * <p>Out of scope: what the resources are, and who may call. Uses {@code problem}.
 */
@NullMarked
package org.oathbound.http;

import org.jspecify.annotations.NullMarked;
