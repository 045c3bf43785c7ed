package org.oathbound.http;

import jakarta.json.bind.annotation.JsonbProperty;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One page of a list, as HAL; made by {@link Links#listing}.
 *
 * @param count how many there are in all; left out where counting would cost a scan
 * @param size how many stand on this page
 */
public record HalPage<T>(
        @JsonbProperty("_links") Map<String, Link> links,
        @JsonbProperty("_embedded") Map<String, List<T>> embedded,
        @Nullable Integer count,
        int size) {}
