"""The bundled rules, one small file on each subject; found by walking this package."""
