package org.oathbound.seedfile.control;

import java.io.InputStream;
import org.oathbound.problem.Problem;

/** Reads the files of one format. One object reads one file. */
public interface SeedFile {

    /**
     * Reads the file to its end.
     *
     * @param body bounded in length by the caller
     * @throws Problem.InvalidRequest when it can't be read as a file of this format, or not beyond some line, which the
     *     message names; it shows nothing of what stands there
     * @throws Problem.TooLarge when one row is too long
     */
    void read(InputStream body, SeedRows rows);
}
