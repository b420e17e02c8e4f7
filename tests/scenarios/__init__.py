"""The scenarios compute what their authors published, and say something at every statement."""
