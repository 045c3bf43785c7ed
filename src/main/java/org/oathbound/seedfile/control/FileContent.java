package org.oathbound.seedfile.control;

import java.util.Set;
import org.oathbound.seedfile.entity.Format;

/**
 * What a file is by its content.
 *
 * @param formats those that it can be read as; empty when it is no seed file
 * @param sentence what it is and what to do
 */
record FileContent(Set<Format> formats, String sentence) {

    /** A file that is no seed file. */
    static FileContent other(String sentence) {
        return new FileContent(Set.of(), sentence);
    }

    /** A file of one format and no other. */
    static FileContent of(Format format, String name) {
        return new FileContent(Set.of(format), "The file is " + name + "; say format=" + format + ".");
    }
}
