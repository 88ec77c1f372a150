// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors
// The tests were really run: surefire is green, too, when it finds none.
def counts = new File(basedir, 'target/surefire-reports').listFiles().findAll { it.name.endsWith('.xml') }
    .collectEntries { def suite = new groovy.xml.XmlSlurper().parse(it); [(suite.@name.text()): suite.@tests.text() as int] }
assert counts['com.example.contract.FileBufferStoreContractTest'] >= 78
assert counts['com.example.contract.BrokenStoresTest'] == 2
assert counts['com.example.contract.FileBufferStoreSimulationTest'] == 1

// The rest of the kit works without JUnit: a module that requires it compiles and runs.
def path = []
localRepositoryPath.eachFileRecurse {
  if (it.name ==~ /((buffer-core|buffer-testkit)-[0-9.]+(-SNAPSHOT)?|slf4j-api-2[0-9.]+)\.jar/) { path << it.path }
}
assert path.size() == 3
def jars = path.join(File.pathSeparator)
def sources = new File(basedir, 'clock-alone')
def classes = new File(basedir, 'target/clock-alone').path
assert javax.tools.ToolProvider.systemJavaCompiler.run(null, null, null, '-p', jars, '-d', classes,
    "$sources/module-info.java" as String, "$sources/com/example/clock/ClockAlone.java" as String) == 0
def java = [System.getProperty('java.home') + '/bin/java', '-p', jars + File.pathSeparator + classes,
    '-m', 'com.example.clock/com.example.clock.ClockAlone'].execute()
def out = new StringBuilder(), err = new StringBuilder()
java.waitForProcessOutput(out, err)
assert out.toString().trim() == 'woken at 1970-01-01T00:00:35Z' : err
