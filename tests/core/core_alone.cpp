// Linked with every object of core and without QtGui and QtWidgets: that it links is the test.
int main()
{
    return 0;
}
