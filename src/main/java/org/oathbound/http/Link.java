package org.oathbound.http;

import java.net.URI;

/**
 * One link of a HAL resource.
 *
 * @param href an absolute URL
 */
public record Link(String href) {

    /** The same as a URI, for headers. */
    public URI uri() {
        return URI.create(href);
    }
}
