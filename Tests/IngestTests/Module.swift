// Filled by the module's own tests.
