package org.oathbound.directory;

/** A directory for tests, which have one for all that is asked of it. */
public interface WholeDirectory extends Directory, Listing, Batch {}
