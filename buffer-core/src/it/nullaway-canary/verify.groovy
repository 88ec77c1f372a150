// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors
// The build must have failed (see invoker.properties), and for this reason alone.
def errors = new File(basedir, 'build.log').readLines().findAll { it.contains('COMPILATION ERROR') || it.contains('.java:[') }.unique()
assert errors.any { it.contains('Canary.java') && it.contains('[NullAway]') && it.contains('dereferenced expression') }
assert errors.findAll { it.contains('.java:[') }.size() == 1
