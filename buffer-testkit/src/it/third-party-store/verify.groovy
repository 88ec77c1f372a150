// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors
// The tests were really run: surefire is green, too, when it finds none.
def counts = new File(basedir, 'target/surefire-reports').listFiles().findAll { it.name.endsWith('.xml') }
    .collectEntries { def suite = new groovy.xml.XmlSlurper().parse(it); [(suite.@name.text()): suite.@tests.text() as int] }
assert counts['com.example.contract.FileBufferStoreContractTest'] >= 78
assert counts['com.example.contract.BrokenStoresTest'] == 2

// The rest of the kit works without JUnit.
def jars = []
localRepositoryPath.eachFileRecurse {
  if (it.name ==~ /(buffer-core|buffer-testkit|slf4j-api)-[0-9.]+(-SNAPSHOT)?\.jar/) { jars << it.path }
}
assert jars.size() == 3
def java = [System.getProperty('java.home') + '/bin/java', '-p', jars.join(File.pathSeparator),
    '--add-modules', 'io.github.debouncedbuffer.testkit', new File(basedir, 'ClockAlone.java').path].execute()
def out = new StringBuilder(), err = new StringBuilder()
java.waitForProcessOutput(out, err)
assert out.toString() == 'woken at 1970-01-01T00:00:35Z' : err
