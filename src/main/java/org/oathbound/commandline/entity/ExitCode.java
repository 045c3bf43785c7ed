package org.oathbound.commandline.entity;

/** What a script learns from a command's end. */
public final class ExitCode {

    public static final int DONE = 0;
    public static final int FAILED = 1;
    /** The arguments, or a file that they name, are not what they should be; nothing was changed. */
    public static final int USAGE = 2;
    /** Done, but some rows were not right. */
    public static final int ROWS_NOT_RIGHT = 3;
    /** A code was not accepted, or nothing that the person has can be used now: locked, blocked, not activated. */
    public static final int CODE_REFUSED = 4;
    /** The service can't be reached, or says that it can't answer now. */
    public static final int TRY_LATER = 5;
    /** By Ctrl-C, as shells count it: 128 and the number of the signal. */
    public static final int INTERRUPTED = 130;

    private ExitCode() {}
}
