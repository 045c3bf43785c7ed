package org.oathbound.seedfile.control;

import java.util.List;

/** Takes the rows of a seed file, in their order. */
public interface SeedRows {

    /** What the file calls its columns, or what they are usually called; once, before the first row. */
    void columns(List<String> names);

    void row(SeedRow row);
}
